package banking.e2e;

import banking.launcher.ServiceProcess;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;

/** What a service's log tells of one story, in its order. */
record StoryLines(List<Line> all) {

    /**
     * @param stream of which aggregate
     * @param actor who has done it
     * @param message with the story in front and the actor at the end
     */
    record Line(String stream, String actor, String message) {}

    static StoryLines of(String story, ServiceProcess service) {
        try {
            return new StoryLines(
                    Files.readAllLines(service.log()).stream()
                            .filter(line -> line.startsWith("{") && line.contains(story))
                            .map(BankClient::json)
                            .filter(line -> line.get("loggerName").asText().equals("banking.story"))
                            .map(line -> line(line.get("mdc"), line.get("message").asText()))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Line line(JsonNode fields, String message) {
        return new Line(fields.path("streamId").asText(), fields.path("actor").asText(), message);
    }

    /** The messages without the ids, times and sizes that nobody knows before. */
    List<String> steps() {
        return all.stream()
                .map(
                        line ->
                                line.message()
                                        .replaceAll(
                                                "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "#")
                                        .replaceAll("after \\d+ ms", "after some ms")
                                        .replaceAll("batch of \\d+", "batch"))
                .toList();
    }
}
