// Calls the step that CasADi generated, from the numbers of a file: `main FILE SECONDS PARAMETERS [DATA...]`, sizes in
// floats. Prints the losses of the first and of the tenth step, then median and least of a step, in seconds.

#define _POSIX_C_SOURCE 199309L

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DATA = 2, AT_ONCE = 100, FLOATS = 1 << 12, TIMES = 1 << 16 };

int step(const float **arg, float **res, int *iw, float *w, int mem);
int step_work(int *sz_arg, int *sz_res, int *sz_iw, int *sz_w);

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static float numbers[FLOATS], other[FLOATS], work[FLOATS];
static int integers[FLOATS];
static double times[TIMES];

int main(int count, char **words) {
    if (count < 4 || count > 4 + DATA) return 2;
    FILE *file = fopen(words[1], "rb");
    if (!file) return 2;
    size_t total = fread(numbers, sizeof(float), FLOATS, file);
    fclose(file);

    float *parameters = numbers, *next = other;
    const float *data[DATA] = {0};
    size_t at = (size_t)atoi(words[3]);
    for (int i = 4; i < count; i++) {
        data[i - 4] = numbers + at;
        at += (size_t)atoi(words[i]);
    }
    int arg_size, res_size, iw_size, w_size;
    step_work(&arg_size, &res_size, &iw_size, &w_size);
    if (at != total || arg_size > 8 || res_size > 8 || iw_size > FLOATS || w_size > FLOATS) return 2;

    float loss = 0;
    int steps = 0, taken = 0;
    double until = now() + atof(words[2]);
    while (taken < TIMES && (taken < 3 || now() < until)) {
        double start = now();
        for (int i = 0; i < AT_ONCE; i++) {
            const float *arg[8] = {parameters, data[0], data[1]};
            float *res[8] = {next, &loss};
            step(arg, res, integers, work, 0);
            float *last = parameters;
            parameters = next;
            next = last;
            steps++;
            if (steps == 1 || steps == 10) printf("%.9g ", loss);
        }
        times[taken++] = (now() - start) / AT_ONCE;
    }
    qsort(times, (size_t)taken, sizeof(double), ascending);
    printf("%.9g %.9g\n", times[taken / 2], times[0]);
    return 0;
}
