/* proviso explain: the facts that were read, and how each clause came out. */
#include "verdicts.h"

enum status
explain_run(const struct options *options)
{
	return verdicts_run(options, true);
}
