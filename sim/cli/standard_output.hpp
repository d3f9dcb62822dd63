// Standard output as a file that can be full or closed.
#pragma once

namespace coalis::cli {

// At the start, before any file is opened: a closed standard stream must not become the next file that is opened. What is then
// written to it fails.
void guard_standard_streams();

// The reason of a write that failed, for the message at the end.
void standard_output_failed(int reason);

// At the end: flushes standard output. `status`, unless all went well but what was printed has not arrived, which is said: then
// file_error, also in place of `failure`, which is an
// answer, too.
int finish_standard_output(int status);

}  // namespace coalis::cli
