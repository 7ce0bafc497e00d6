/* proviso check: verdicts, one a request. */
#include "pipeline.h"

enum status
check_run(const struct options *options)
{
	return pipeline_run(options, false);
}
