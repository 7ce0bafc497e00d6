#include "nearest.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST = 24 };

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

size_t
edit_distance(const char *a, const char *b)
{
	size_t cost[LONGEST + 1][LONGEST + 1];
	size_t length = strlen(a), width = strlen(b);
	if (length > LONGEST || width > LONGEST)
		return SIZE_MAX;
	for (size_t i = 0; i <= length; i++) {
		for (size_t j = 0; j <= width; j++) {
			if (i == 0 || j == 0) {
				cost[i][j] = i + j;
				continue;
			}
			cost[i][j] = least(cost[i - 1][j], cost[i][j - 1]) + 1;
			cost[i][j] = least(cost[i][j], cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				cost[i][j] = least(cost[i][j], cost[i - 2][j - 2] + 1);
		}
	}
	return cost[length][width];
}
