// Locks of files spare several processes the same work; nothing that is right needs them. Some file systems of clusters have
// none, or ones that another machine does not see.
#pragma once

namespace coalis {

// From now on no file is locked, as on a file system without locks. For faces, before anything is opened.
void use_no_file_locks();

}  // namespace coalis
