package banking.kubernetes;

import banking.kubernetes.Manifests.Manifest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PodDisruptionBudget;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V2HorizontalPodAutoscaler;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares manifests with the types of those who wrote the kinds. */
final class Models {

    /** Unknown fields go to a map of the object's, where it has one. */
    private static final JsonMapper TYPES =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

    @FunctionalInterface
    private interface Check {
        void validate(JsonElement json) throws IOException;
    }

    /** They know what is there and what has to be. */
    private static final Map<String, Check> FIELDS =
            Map.ofEntries(
                    Map.entry("v1 ConfigMap", V1ConfigMap::validateJsonElement),
                    Map.entry("v1 Namespace", V1Namespace::validateJsonElement),
                    Map.entry("v1 Secret", V1Secret::validateJsonElement),
                    Map.entry("v1 Service", V1Service::validateJsonElement),
                    Map.entry("v1 ServiceAccount", V1ServiceAccount::validateJsonElement),
                    Map.entry("apps/v1 Deployment", V1Deployment::validateJsonElement),
                    Map.entry("apps/v1 StatefulSet", V1StatefulSet::validateJsonElement),
                    Map.entry("batch/v1 CronJob", V1CronJob::validateJsonElement),
                    Map.entry("batch/v1 Job", V1Job::validateJsonElement),
                    Map.entry(
                            "autoscaling/v2 HorizontalPodAutoscaler",
                            V2HorizontalPodAutoscaler::validateJsonElement),
                    Map.entry(
                            "networking.k8s.io/v1 NetworkPolicy",
                            V1NetworkPolicy::validateJsonElement),
                    Map.entry(
                            "policy/v1 PodDisruptionBudget",
                            V1PodDisruptionBudget::validateJsonElement));

    /** They know of what type it is. */
    private static final Map<String, Class<?>> KINDS =
            Map.ofEntries(
                    Map.entry("v1 ConfigMap", ConfigMap.class),
                    Map.entry("v1 Namespace", Namespace.class),
                    Map.entry("v1 Secret", Secret.class),
                    Map.entry("v1 Service", Service.class),
                    Map.entry("v1 ServiceAccount", ServiceAccount.class),
                    Map.entry("apps/v1 Deployment", Deployment.class),
                    Map.entry("apps/v1 StatefulSet", StatefulSet.class),
                    Map.entry("batch/v1 CronJob", CronJob.class),
                    Map.entry("batch/v1 Job", Job.class),
                    Map.entry(
                            "autoscaling/v2 HorizontalPodAutoscaler",
                            HorizontalPodAutoscaler.class),
                    Map.entry("networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class),
                    Map.entry("policy/v1 PodDisruptionBudget", PodDisruptionBudget.class),
                    Map.entry(
                            "gateway.networking.k8s.io/v1 BackendTLSPolicy",
                            BackendTLSPolicy.class),
                    Map.entry("gateway.networking.k8s.io/v1 Gateway", Gateway.class),
                    Map.entry("gateway.networking.k8s.io/v1 HTTPRoute", HTTPRoute.class),
                    Map.entry("monitoring.coreos.com/v1 PodMonitor", PodMonitor.class),
                    Map.entry("monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class),
                    Map.entry("kafka.strimzi.io/v1 Kafka", Kafka.class),
                    Map.entry("kafka.strimzi.io/v1 KafkaNodePool", KafkaNodePool.class),
                    Map.entry("kafka.strimzi.io/v1 KafkaTopic", KafkaTopic.class),
                    Map.entry("kafka.strimzi.io/v1 KafkaUser", KafkaUser.class));

    private Models() {}

    static boolean know(Manifest manifest) {
        return KINDS.containsKey(key(manifest));
    }

    static List<String> mistakes(Manifest manifest) {
        var mistakes = new ArrayList<String>();
        var fields = FIELDS.get(key(manifest));
        if (fields != null) {
            try {
                fields.validate(JsonParser.parseString(manifest.json().toString()));
            } catch (IllegalArgumentException | IOException e) {
                mistakes.add(String.valueOf(e.getMessage()));
            }
        }
        mistakes.addAll(typed(manifest));
        return mistakes;
    }

    /** What is wrong with what is there, whatever is missing. */
    static List<String> typed(Manifest manifest) {
        var mistakes = new ArrayList<String>();
        try {
            var kind = KINDS.get(key(manifest));
            JsonNode there = TYPES.valueToTree(TYPES.treeToValue(manifest.json(), kind));
            Retyped.compare(manifest.json(), there, "", mistakes);
            Unknown.find(TYPES.treeToValue(manifest.json(), kind), "", mistakes);
        } catch (JsonProcessingException e) {
            mistakes.add(e.getOriginalMessage());
        }
        return mistakes;
    }

    private static String key(Manifest manifest) {
        return manifest.apiVersion() + " " + manifest.kind();
    }
}
