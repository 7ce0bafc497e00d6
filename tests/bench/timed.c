/*
 * timed COMMAND...: runs it, its output thrown away, and prints the seconds
 * that it took and its peak memory in kilobytes, which a parent as large as an
 * interpreter could not tell.
 */
#define _DEFAULT_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double
now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int
main(int count, char **arguments)
{
	double start = now();
	pid_t child = count > 1 ? fork() : -1;
	if (child == 0) {
		int nowhere = open("/dev/null", O_WRONLY);
		dup2(nowhere, STDOUT_FILENO);
		dup2(nowhere, STDERR_FILENO);
		execvp(arguments[1], arguments + 1);
		_exit(127);
	}
	int status;
	struct rusage usage;
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		return 2;
	printf("%.6f %ld %d\n", now() - start, usage.ru_maxrss, WIFEXITED(status));
	return 0;
}
