/*
 * Inside the module: libgit2's memory. It is not safe when memory runs out
 * (of some 500 failing allocations a quarter crashed it, and one made it
 * report a commit that was not there), so a failing one ends the process, as
 * everywhere in kith: see base/mem.h. Sizes that only a damaged repository
 * asks for still fail, which libgit2 reports.
 */
#ifndef KITH_GIT_ALLOC_H
#define KITH_GIT_ALLOC_H

/* To be called before git_libgit2_init. */
void alloc_install(void);

#endif
