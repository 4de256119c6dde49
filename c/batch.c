/* batch.c: mini-batch k-means (Sculley, Web-scale k-means clustering, WWW 2010, algorithm 1).
 *
 * A batch is drawn uniformly and with replacement. A centroid moves towards the center of those of its points
 * that are in the batch, by their share of the weight drawn from its cluster so far: with the mean it stands
 * at the mean of all that was ever drawn from it. Assign is the usual one, of all points: what is shown and
 * measured is the whole, and the labels of the drawn are those of Sculley's assign of the batch.
 */
#include "assign.h"

void km_move_by_batch(km_engine *e) {
    const int batch = km_batch(e);
    for (int i = 0; i < batch; i++) e->drawn[i] = (int32_t)km_rng_below(&e->rng, (uint64_t)e->n);
    e->assigner->write(e, 0); /* the batch is sorted by its labels */
    km_group_rows(e, e->drawn, batch);
    for (int j = 0; j < e->k; j++) {
        int32_t *rows = e->order + e->first[j];
        const int count = e->first[j + 1] - e->first[j];
        if (count == 0) continue;
        double weight = 0;
        for (int i = 0; i < count; i++) weight += km_weight(e, rows[i]);
        e->seen[j] += weight;
        const double rate = weight / e->seen[j];
        km_move_to_center(e, j, rows, count);
        for (int t = 0; t < e->d; t++) {
            const double from = e->previous[(ptrdiff_t)j * e->d + t];
            double *to = &e->c[(ptrdiff_t)j * e->d + t];
            *to = from + rate * (*to - from);
        }
    }
}
