package banking.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import kafka.Kafka;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;

/** A Kafka broker that is its own controller, inside this process: one per JVM. */
final class EmbeddedKafka {

    private static final Duration LISTENS_WITHIN = Duration.ofSeconds(60);

    private volatile Runnable stop = () -> {};

    private EmbeddedKafka() {}

    static EmbeddedKafka start(Path directory, int port) throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        Directories.createPrivate(directory);
        Files.createDirectories(data);
        Path settings =
                Files.writeString(directory.resolve("server.properties"), settings(data, port));
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(settings);
        }
        EmbeddedKafka kafka = new EmbeddedKafka();
        // Kafka stops in a shutdown hook of its own; taking it over decides when.
        Exit.setShutdownHookAdder((name, hook) -> kafka.stop = hook);
        Thread.ofPlatform()
                .name("kafka")
                .daemon()
                .start(() -> Kafka.main(new String[] {settings.toString()}));
        awaitListening(port);
        Topics.create("127.0.0.1:" + port);
        return kafka;
    }

    /** Asking too early would fill the log with warnings; a broker that fails ends this process. */
    private static void awaitListening(int port) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LISTENS_WITHIN.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return;
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                Thread.sleep(20);
            }
        }
    }

    void stop() {
        stop.run();
    }

    /**
     * One replica of everything, and the little memory and short delays that one broker gets by
     * with. A killed broker may come back only after its session has run out, hence the short one.
     */
    private static String settings(Path data, int port) {
        int controllerPort = FreePorts.next();
        return String.format(
                Locale.ROOT,
                """
                process.roles=broker,controller
                node.id=1
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=PLAINTEXT
                controller.listener.names=CONTROLLER
                controller.quorum.bootstrap.servers=127.0.0.1:%2$d
                log.dirs=%3$s
                num.network.threads=1
                num.io.threads=2
                group.coordinator.threads=1
                auto.create.topics.enable=false
                log.retention.ms=-1
                log.cleaner.dedupe.buffer.size=2097152
                offsets.topic.num.partitions=4
                offsets.topic.replication.factor=1
                transaction.state.log.num.partitions=4
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                broker.heartbeat.interval.ms=500
                broker.session.timeout.ms=2500
                """,
                port,
                controllerPort,
                data);
    }

    private static void format(Path settings) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int exit =
                StorageTool.execute(
                        new String[] {
                            "format",
                            "--standalone",
                            "--cluster-id",
                            Uuid.randomUuid().toString(),
                            "--config",
                            settings.toString()
                        },
                        new PrintStream(said, true, StandardCharsets.UTF_8));
        if (exit != 0) {
            throw new StartFailure(
                    "Kafka could not create its data folder:\n"
                            + said.toString(StandardCharsets.UTF_8));
        }
    }
}
