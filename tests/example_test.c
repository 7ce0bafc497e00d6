/* The example of libproviso(3) prints the clauses that prohibit, not those that may. */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "proviso.h"

static const char request[] =
        "{\"actor\": {\"kind\": \"police\"}, \"uses\": [\"facial-recognition\"],"
        " \"camera\": \"body-worn\", \"environment\": \"uncontrolled\","
        " \"timing\": \"real-time\"}";
static char printed[200];

static void
print(const char *text)
{
	size_t length = strlen(printed);
	snprintf(printed + length, sizeof printed - length, "%s\n", text);
}

#define puts(text) print(text)

static void
run_example(void)
{
#include "example.inc"
}

int
main(void)
{
	run_example();
	bool right = strcmp(printed, "law-enforcement-mobile-real-time\n") == 0;
	printf("1..1\n%sok 1 - the example prints the clause that prohibits\n",
	       right ? "" : "not ");
	return right ? 0 : 1;
}
