// The program as a function, for all that begin it: coalis (start.cpp), coalis-mpi (sim/mpi).
#pragma once

namespace coalis::cli {

// Does what the command line says. Returns the exit code. Once in a process.
int program(int argc, char** argv);

}  // namespace coalis::cli
