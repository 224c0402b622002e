package banking.parking;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A record in {@code dead_event}, made so that it comes back as Kafka gave it.
 *
 * @param version the version of its event; 0 where even that cannot be read
 */
public record StoredRecord(ConsumerRecord<byte[], byte[]> kafka, long version) {

    private static final HexFormat HEX = HexFormat.of();

    /** Where in a queue a record stands. */
    public record Place(long version, int partition, long offset) {
        public static final Place START = new Place(-1, 0, 0);
    }

    public Place place() {
        return new Place(version, kafka.partition(), kafka.offset());
    }

    static StoredRecord of(Delivery delivery) {
        return new StoredRecord(
                delivery.kafka(),
                switch (delivery) {
                    case Delivery.Legible legible -> legible.event().version();
                    case Delivery.Illegible _ -> 0;
                });
    }

    String headerNames() {
        return arrayOf(header -> header.key().getBytes(StandardCharsets.UTF_8));
    }

    String headerValues() {
        return arrayOf(Header::value);
    }

    /** As text, since records with unlike numbers of headers make no array of arrays. */
    private String arrayOf(Function<Header, byte @Nullable []> part) {
        return Arrays.stream(kafka.headers().toArray())
                .map(part)
                .map(bytes -> bytes == null ? "NULL" : "\"\\\\x" + HEX.formatHex(bytes) + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    public static StoredRecord from(ResultSet row) throws SQLException {
        var headers = new RecordHeaders();
        var names = (byte[][]) row.getArray("header_names").getArray();
        var values = (byte[][]) row.getArray("header_values").getArray();
        for (int i = 0; i < names.length; i++) {
            headers.add(new String(names[i], StandardCharsets.UTF_8), values[i]);
        }
        var kafka =
                new ConsumerRecord<>(
                        row.getString("topic"),
                        row.getInt("partition"),
                        row.getLong("record_offset"),
                        ConsumerRecord.NO_TIMESTAMP,
                        TimestampType.NO_TIMESTAMP_TYPE,
                        ConsumerRecord.NULL_SIZE,
                        ConsumerRecord.NULL_SIZE,
                        row.getBytes("record_key"),
                        row.getBytes("payload"),
                        headers,
                        Optional.empty());
        return new StoredRecord(kafka, row.getLong("stream_version"));
    }
}
