// Stands in for that of glibc under Valgrind, which writes to the mask and so dies of libdispatch's read-only one. The
// main thread of a Swift program has ended when it comes there, and only sleeps.
#include <signal.h>
#include <unistd.h>

int sigsuspend(const sigset_t *mask) {
    (void)mask;
    return pause();
}
