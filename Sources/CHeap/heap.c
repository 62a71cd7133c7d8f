#include "heap.h"
#include <stdlib.h>

static long allocations, live;

long heap_allocations(void) { return allocations; }
long heap_live_bytes(void) { return live; }

// With glibc, these stand in for the allocator of the whole process. The counts belong to one thread.
#ifdef __GLIBC__
#include <malloc.h>

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);
void __libc_free(void *);

static void *counted(void *block) {
  allocations += 1;
  live += (long)malloc_usable_size(block);
  return block;
}

void *malloc(size_t size) { return counted(__libc_malloc(size)); }
void *calloc(size_t count, size_t size) { return counted(__libc_calloc(count, size)); }

void *realloc(void *block, size_t size) {
  live -= (long)malloc_usable_size(block);
  return counted(__libc_realloc(block, size));
}

void free(void *block) {
  live -= (long)malloc_usable_size(block);
  __libc_free(block);
}
#endif
