/* Compiler attributes, behind names of our own. */
#ifndef KITH_BASE_ATTR_H
#define KITH_BASE_ATTR_H

#define ATTR_PRINTF(text, first) __attribute__((__format__(__printf__, text, first)))
#define ATTR_MUST_CHECK          __attribute__((warn_unused_result))
#define ATTR_NORETURN            __attribute__((noreturn))
#define ATTR_MALLOC              __attribute__((malloc, returns_nonnull))

#define ARRAY_LEN(a) (sizeof(a) / sizeof((a)[0]))

#endif
