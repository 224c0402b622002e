package banking.http;

import banking.figures.Buckets;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.quarkus.micrometer.runtime.HttpServerMetricsTagsContributor;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Bounds the labels under which requests are measured. To HTTP any word is a method, and any path
 * can be asked for: a series for each would fill the memory, or leave no room for the rightful.
 */
@Singleton
class BoundedLabels implements HttpServerMetricsTagsContributor {

    private static final String REQUESTS = "http.server.requests";

    /** Where Quarkus REST keeps the template of the endpoint that it has found. */
    private static final String TEMPLATE = "UrlPathTemplate";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final Tag OTHER_METHOD = Tag.of("method", "OTHER");
    private static final Tag NO_ENDPOINT = Tag.of("uri", "UNKNOWN");
    private static final DistributionStatisticConfig BUCKETS =
            DistributionStatisticConfig.builder()
                    .serviceLevelObjectives(
                            Stream.of(Buckets.ofAnswers()).mapToDouble(Duration::toNanos).toArray())
                    .build();
    private static final Tag RESET = Tag.of("status", "RESET");

    /** Takes the place of what the caller has made up; nothing for a request that we know. */
    @Override
    public Tags contribute(Context context) {
        var tags = Tags.empty();
        if (!METHODS.contains(context.request().method().name())) {
            tags = tags.and(OTHER_METHOD);
        }
        if (context.<Object>requestContextLocalData(TEMPLATE) == null) {
            tags = tags.and(NO_ENDPOINT);
        }
        return tags;
    }

    /** How long callers wait is counted by where that goes wrong, not only added up. */
    @Produces
    @Singleton
    static MeterFilter buckets() {
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(
                    Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals(REQUESTS) ? BUCKETS.merge(config) : config;
            }
        };
    }

    /** What is broken off before its answer is not shown to contributors. */
    @Produces
    @Singleton
    static MeterFilter brokenOff() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                if (!id.getName().equals(REQUESTS) || !id.getTags().contains(RESET)) {
                    return id;
                }
                var known = METHODS.contains(String.valueOf(id.getTag(OTHER_METHOD.getKey())));
                return id.withTag(NO_ENDPOINT)
                        .withTags(known ? Tags.empty() : Tags.of(OTHER_METHOD));
            }
        };
    }
}
