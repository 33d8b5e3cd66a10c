// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: The neardupd authors

// Tells ThreadSanitizer of what happens inside Swift's Mutex; scripts/sanitize preloads it.
//
// The quick paths of Mutex are inlined and so instrumented. When it is contended, it is taken and
// given up in libswiftSynchronization, which is not: ThreadSanitizer reports whatever such a mutex
// protects, were it an Int that two threads count up and nothing else (ContendedMutexTests). The
// state of the mutex is the first word of it, whose address stands for it here, as it does in the
// quick paths. These are all the functions of it that are called out of line (nm -D lists them).

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context)) void *self

// Missing in the programs that tests start beside those that are looked at.
void __tsan_acquire(void *address) __attribute__((weak));
void __tsan_release(void *address) __attribute__((weak));

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef SWIFT void lockCall(uint32_t thread, SELF);
typedef SWIFT bool tryLockCall(SELF);
typedef SWIFT void unlockCall(SELF);

static lockCall *nextLock;
static tryLockCall *nextTryLock;
static unlockCall *nextUnlock;

__attribute__((constructor)) static void find(void) {
  nextLock = (lockCall *)dlsym(RTLD_NEXT, LOCK);
  nextTryLock = (tryLockCall *)dlsym(RTLD_NEXT, TRY_LOCK);
  nextUnlock = (unlockCall *)dlsym(RTLD_NEXT, UNLOCK);
}

SWIFT void lockSlow(uint32_t thread, SELF) __asm__(LOCK);
SWIFT void lockSlow(uint32_t thread, SELF) {
  nextLock(thread, self);
  if (__tsan_acquire) __tsan_acquire(self);
}

SWIFT bool tryLockSlow(SELF) __asm__(TRY_LOCK);
SWIFT bool tryLockSlow(SELF) {
  bool isTaken = nextTryLock(self);
  if (isTaken && __tsan_acquire) __tsan_acquire(self);
  return isTaken;
}

SWIFT void unlockSlow(SELF) __asm__(UNLOCK);
SWIFT void unlockSlow(SELF) {
  if (__tsan_release) __tsan_release(self);
  nextUnlock(self);
}
