/* proviso explain: the facts that were read, and how each clause came out. */
#include "pipeline.h"

enum status
explain_run(const struct options *options)
{
	return pipeline_run(options, true);
}
