/* What the places of a record are to the request that it is, and which of them may hold
 * something else in a request that is of the same form (mould.h). */
#ifndef PROVISO_GAP_H
#define PROVISO_GAP_H

#include <stdint.h>

enum gap_kind {
	GAP_NONE,     /* what stands here decides how the record is read */
	GAP_UNREAD,   /* nobody looks at it */
	GAP_ID,       /* quoted if `index` is not 0 */
	GAP_DATE,     /* one that may be used */
	GAP_TEXT,     /* in which there is a word */
	GAP_PURPOSE,  /* likewise, and it names no value of the axis */
	GAP_NAME,     /* of a party */
	GAP_PARTY,    /* likewise, and it is like no kind of party */
	GAP_VALUE,    /* names the value of the axis that is declared by the telling at `index` */
	GAP_ELEMENTS, /* objects and the like, some of them with texts if `index` is not 0 */
};

/* Of strings, of numbers, and of arrays that hold elements; any other is none. */
struct gap {
	enum gap_kind kind;
	uint32_t axis, index;
};

#endif
