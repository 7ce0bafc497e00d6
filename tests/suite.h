/* How a program of tests runs: one suite of Check, one case. */
#ifndef PROVISO_TESTS_SUITE_H
#define PROVISO_TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

/* Runs a suite of one case; returns the program's exit status. */
static inline int
suite_run(Suite *suite, TCase *tests)
{
	suite_add_tcase(suite, tests);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

#endif
