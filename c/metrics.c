/* metrics.c: every quality measure of the current labels. */
#include "metrics.h"
#include "internal.h"

km_status km_metrics(km_engine *e, const int32_t *truth, double *out) {
    const int n = km_n(e), d = km_d(e), k = km_k(e);
    const int32_t *labels = km_labels(e);
    if (n == 0 || labels[0] < 0) return km_fail(e, KM_ERR_PHASE, "metrics need labels: assign first");
    const double *x = km_column(e, 0);

    double values[KM_METRIC_COUNT];
    km_agreement agreement = {__builtin_nan(""), __builtin_nan(""), __builtin_nan("")};
    int points;
    values[KM_METRIC_INERTIA] = km_inertia(e);
    if (!km_silhouette(x, n, d, labels, k, &values[KM_METRIC_SILHOUETTE], &points) ||
        !km_spread_indices(x, n, d, labels, k, &values[KM_METRIC_DAVIES_BOULDIN],
                           &values[KM_METRIC_CALINSKI_HARABASZ]) ||
        (truth && !km_agree(labels, k, truth, n, &agreement)))
        return km_fail(e, KM_ERR_MEMORY, "for the metrics of %d points", n);
    values[KM_METRIC_ARI] = agreement.ari;
    values[KM_METRIC_NMI] = agreement.nmi;
    values[KM_METRIC_PURITY] = agreement.purity;

    e->silhouette_points = points;
    for (int m = 0; m < KM_METRIC_COUNT; m++) out[m] = values[m];
    return KM_OK;
}
