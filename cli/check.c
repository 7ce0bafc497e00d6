/* proviso check: verdicts, one a request. */
#include "verdicts.h"

enum status
check_run(const struct options *options)
{
	return verdicts_run(options, false);
}
