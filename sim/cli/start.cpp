// Where coalis begins.
#include "program.hpp"

int main(int argc, char** argv) { return coalis::cli::program(argc, argv); }
