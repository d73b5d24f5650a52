/* Records what a program does to the files of one folder, in the order in which it does it.
 *
 * Preloaded under the very libsqlite3 that the program uses. Every call is carried out and written to the
 * log under one mutex, so the log's order is the true one. Only fsync and fdatasync are not carried out: a
 * replayed disk decides what they mean. What lies in memory maps (the -shm file) does not outlive a power
 * cut and is not recorded; neither is the lock file.
 *
 * POWERCUT_FOLDER: the folder, as the program names it. POWERCUT_LOG: the log, in another folder.
 * A record: kind (1 byte), file (4), offset (8), length (4), then as many bytes. Little endian.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

_Static_assert(sizeof(off_t) == 8, "only where off_t and off64_t are one");

enum { FDS = 4096, NAMES = 64, NAME = 256, FOLDER = -2, NONE = -1 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -1;
static char folder[4096];
static int file_of_fd[FDS];
static struct { char name[NAME]; int file; } names[NAMES];
static int next_file = 0;

static void must(int good) {
    if (!good) {
        static const char said[] = "powercut shim: the record would be wrong\n";
        syscall(SYS_write, 2, said, sizeof said - 1);
        _exit(99);
    }
}

__attribute__((constructor)) static void begin(void) {
    const char *where = getenv("POWERCUT_FOLDER"), *to = getenv("POWERCUT_LOG");
    for (int fd = 0; fd < FDS; fd++) file_of_fd[fd] = NONE;
    for (int i = 0; i < NAMES; i++) names[i].file = NONE;
    if (!where || !to) return;
    must(strlen(where) < sizeof folder);
    strcpy(folder, where);
    log_fd = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    must(log_fd >= 0);
}

static void put(const void *from, size_t size) {
    const char *at = from;
    while (size > 0) {
        long done = syscall(SYS_write, log_fd, at, size);
        must(done > 0);
        at += done;
        size -= (size_t)done;
    }
}

static void record(char kind, int file, uint64_t offset, const void *bytes, size_t size) {
    unsigned char head[17];
    uint32_t id = (uint32_t)file, length = (uint32_t)size;
    head[0] = (unsigned char)kind;
    memcpy(head + 1, &id, 4);
    memcpy(head + 5, &offset, 8);
    memcpy(head + 13, &length, 4);
    put(head, sizeof head);
    put(bytes, size);
}

static int ends_with(const char *text, const char *end) {
    size_t whole = strlen(text), part = strlen(end);
    return whole >= part && strcmp(text + whole - part, end) == 0;
}

/* The name inside the folder, or NULL for what is not recorded. */
static const char *inside(const char *path) {
    size_t length = strlen(folder);
    if (log_fd < 0 || !path || strncmp(path, folder, length) != 0 || path[length] != '/') return NULL;
    const char *name = path + length + 1;
    if (!*name || strchr(name, '/') || ends_with(name, "-shm") || ends_with(name, ".lock")) return NULL;
    must(strlen(name) < NAME);
    return name;
}

static int *slot(const char *name) {
    for (int i = 0; i < NAMES; i++)
        if (names[i].file != NONE && strcmp(names[i].name, name) == 0) return &names[i].file;
    return NULL;
}

static int made(const char *name) {
    for (int i = 0; i < NAMES; i++)
        if (names[i].file == NONE) {
            strcpy(names[i].name, name);
            names[i].file = next_file++;
            record('C', names[i].file, 0, name, strlen(name));
            return names[i].file;
        }
    must(0);
    return NONE;
}

static int watched(int fd) { return log_fd >= 0 && fd >= 0 && fd < FDS ? file_of_fd[fd] : NONE; }

static int opened(const char *path, int flags, mode_t mode) {
    const char *name = inside(path);
    int is_folder = log_fd >= 0 && path && strcmp(path, folder) == 0;
    pthread_mutex_lock(&mutex);
    int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
    int error = errno;
    if (fd >= 0 && (name || is_folder)) {
        must(fd < FDS);
        if (is_folder) {
            file_of_fd[fd] = FOLDER;
        } else {
            int *known = slot(name);
            int file = known ? *known : made(name);
            file_of_fd[fd] = file;
            if (known && (flags & O_TRUNC)) record('T', file, 0, NULL, 0);
        }
    }
    pthread_mutex_unlock(&mutex);
    errno = error;
    return fd;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & (O_CREAT | __O_TMPFILE)) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return opened(path, flags, mode);
}

int close(int fd) {
    pthread_mutex_lock(&mutex);
    if (log_fd >= 0 && fd >= 0 && fd < FDS) file_of_fd[fd] = NONE;
    int result = (int)syscall(SYS_close, fd);
    int error = errno;
    pthread_mutex_unlock(&mutex);
    errno = error;
    return result;
}

static ssize_t written(int fd, const void *from, size_t size, off_t at) {
    pthread_mutex_lock(&mutex);
    int file = watched(fd);
    off_t start = at;
    if (at < 0) start = lseek(fd, 0, (fcntl(fd, F_GETFL) & O_APPEND) ? SEEK_END : SEEK_CUR);
    ssize_t done = at < 0 ? syscall(SYS_write, fd, from, size) : syscall(SYS_pwrite64, fd, from, size, at);
    int error = errno;
    if (file >= 0 && done > 0) record('W', file, (uint64_t)start, from, (size_t)done);
    pthread_mutex_unlock(&mutex);
    errno = error;
    return done;
}

ssize_t write(int fd, const void *from, size_t size) {
    if (watched(fd) < 0) return syscall(SYS_write, fd, from, size);
    return written(fd, from, size, -1);
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t at) {
    if (watched(fd) < 0) return syscall(SYS_pwrite64, fd, from, size, at);
    return written(fd, from, size, at);
}

ssize_t pwrite64(int fd, const void *from, size_t size, off_t at) { return pwrite(fd, from, size, at); }

static int synced(int fd, long number) {
    int file = watched(fd);
    if (file == NONE) return (int)syscall(number, fd);
    pthread_mutex_lock(&mutex);
    record(file == FOLDER ? 'D' : 'S', file, 0, NULL, 0);
    pthread_mutex_unlock(&mutex);
    return 0;
}

int fsync(int fd) { return synced(fd, SYS_fsync); }
int fdatasync(int fd) { return synced(fd, SYS_fdatasync); }

int ftruncate(int fd, off_t size) {
    pthread_mutex_lock(&mutex);
    int file = watched(fd);
    int result = (int)syscall(SYS_ftruncate, fd, size);
    int error = errno;
    if (file >= 0 && result == 0) record('T', file, (uint64_t)size, NULL, 0);
    pthread_mutex_unlock(&mutex);
    errno = error;
    return result;
}

int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }

int unlink(const char *path) {
    const char *name = inside(path);
    pthread_mutex_lock(&mutex);
    int result = (int)syscall(SYS_unlink, path);
    int error = errno;
    int *known = name ? slot(name) : NULL;
    if (result == 0 && known) {
        record('U', *known, 0, name, strlen(name));
        *known = NONE;
    }
    pthread_mutex_unlock(&mutex);
    errno = error;
    return result;
}

int rename(const char *from, const char *to) {
    const char *old = inside(from), *new = inside(to);
    pthread_mutex_lock(&mutex);
    int result = (int)syscall(SYS_rename, from, to);
    int error = errno;
    if (result == 0 && (old || new)) {
        must(old && new);
        int *known = slot(old), *there = slot(new);
        must(known != NULL);
        int file = *known;
        *known = NONE;
        if (there) *there = file;
        else for (int i = 0; i < NAMES; i++)
            if (names[i].file == NONE) { strcpy(names[i].name, new); names[i].file = file; break; }
        char both[2 * NAME];
        int size = snprintf(both, sizeof both, "%s/%s", old, new);
        record('R', file, 0, both, (size_t)size);
    }
    pthread_mutex_unlock(&mutex);
    errno = error;
    return result;
}

/* What the folder's files would be changed by without a record: better no test than a wrong one. */
int fallocate64(int fd, int mode, off_t at, off_t size) {
    must(watched(fd) < 0);
    return (int)syscall(SYS_fallocate, fd, mode, at, size);
}
