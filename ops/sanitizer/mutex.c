// Tells ThreadSanitizer of a Swift Mutex that was waited for.
//
// What is free is taken and given back by atomics that are inlined, and the sanitizer sees those. Who has to wait calls the
// library of the standard library, which is not built with the sanitizer: a lock that was taken so looks to it as if nobody held it,
// and what the lock protects as a race. ops/test --sanitize=thread loads this before it.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>

// Not there in programs that are built without the sanitizer and started by the tests.
extern void __tsan_acquire(void *) __attribute__((weak));
extern void __tsan_release(void *) __attribute__((weak));

#define CONTEXT __attribute__((swift_context)) void *handle
#define SWIFT __attribute__((swiftcall, visibility("default")))
#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define TRY_LOCK "$s15Synchronization12_MutexHandleV12_tryLockSlowSbyF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"

typedef __attribute__((swiftcall)) void (*LockSlow)(uint32_t, CONTEXT);
typedef __attribute__((swiftcall)) bool (*TryLockSlow)(CONTEXT);
typedef __attribute__((swiftcall)) void (*UnlockSlow)(CONTEXT);

SWIFT void lock_slow(uint32_t owner, CONTEXT) __asm__(LOCK);
SWIFT bool try_lock_slow(CONTEXT) __asm__(TRY_LOCK);
SWIFT void unlock_slow(CONTEXT) __asm__(UNLOCK);

SWIFT void lock_slow(uint32_t owner, CONTEXT) {
    ((LockSlow)dlsym(RTLD_NEXT, LOCK))(owner, handle);
    if (__tsan_acquire) __tsan_acquire(handle);
}

SWIFT bool try_lock_slow(CONTEXT) {
    bool taken = ((TryLockSlow)dlsym(RTLD_NEXT, TRY_LOCK))(handle);
    if (taken && __tsan_acquire) __tsan_acquire(handle);
    return taken;
}

SWIFT void unlock_slow(CONTEXT) {
    if (__tsan_release) __tsan_release(handle);
    ((UnlockSlow)dlsym(RTLD_NEXT, UNLOCK))(handle);
}
