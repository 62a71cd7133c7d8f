#ifndef CHEAP_HEAP_H
#define CHEAP_HEAP_H

/// How many blocks this process ever took from the C allocator; 0 where that cannot be counted.
long heap_allocations(void);

/// How many bytes it has taken and not given back; 0 where that cannot be counted.
long heap_live_bytes(void);

#endif
