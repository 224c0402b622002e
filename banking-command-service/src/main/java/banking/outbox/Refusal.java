package banking.outbox;

import banking.events.codec.UnreadableEventException;
import java.sql.SQLException;
import java.util.NoSuchElementException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Why an event is not published, for operators.
 *
 * @param scope what it is about
 * @param kind what is told once for all events that it happens to
 * @param reason one line that says what to do
 */
record Refusal(Scope scope, String kind, String reason) {

    enum Scope {
        /** The event, or the topic or partition that it belongs to. */
        EVENT,
        /** That there is no answer, from a place or from Kafka as a whole. */
        SILENCE,
        /** Kafka, or the way to it. */
        KAFKA,
        /** Nothing: the event was under way when another one was refused. */
        NEIGHBOUR
    }

    private static final int MAX_LENGTH = 500;

    /**
     * @param attempt one that has a rest; where nothing is refused, it waits for an answer
     */
    static Refusal of(Attempt attempt) {
        return switch (attempt.refusal()) {
            case null -> unanswered(attempt);
            case RecordTooLargeException e ->
                    event(
                            e,
                            attempt,
                            "takes no record as large as this: raise its max.message.bytes, and"
                                    + " for more than 1 MiB kafka.max.request.size here, too");
            case UnknownTopicOrPartitionException e ->
                    event(e, attempt, "is not there: create the topic");
            case TopicAuthorizationException e ->
                    event(e, attempt, "is not ours to write to: allow it");
            case InvalidTopicException e -> event(e, attempt, "is no topic: " + e.getMessage());
            case InvalidRecordException e -> event(e, attempt, "says: " + e.getMessage());
            case UnreadableEventException e ->
                    event(e, attempt, "needs a newer version of this service: " + e.getMessage());
            case SQLException e -> event(e, attempt, "is not read: " + e.getMessage());
            case NoSuchElementException e -> event(e, attempt, "is not read: " + e.getMessage());
            case RetriableException _ -> unanswered(attempt);
            case ApiException e -> new Refusal(Scope.KAFKA, "", printable(e.toString()));
            case Exception e -> new Refusal(Scope.NEIGHBOUR, "", printable(e.toString()));
        };
    }

    private static Refusal unanswered(Attempt attempt) {
        var place = attempt.place() == null ? attempt.topic() : attempt.place();
        return new Refusal(
                Scope.SILENCE,
                "unanswered " + place,
                place + " gives no answer: see that it has a leader and enough replicas in sync");
    }

    private static Refusal event(Exception failure, Attempt attempt, String advice) {
        var topic = attempt.topic() == null ? "an event" : attempt.topic();
        return new Refusal(
                Scope.EVENT,
                failure.getClass().getSimpleName() + " " + topic,
                printable(topic + " " + advice));
    }

    /** What a failure says may be anything, and PostgreSQL's text holds no NUL. */
    static String printable(String text) {
        var line = text.replaceAll("[^\\p{Print}]+", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH);
    }
}
