package banking.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class ThreadHealthTest {

    private final Standstills standstills = new Standstills(new SimpleMeterRegistry());
    private final ThreadHealth health = new ThreadHealth(standstills);

    @Test
    void a_thread_that_has_ended_is_the_end_of_the_process() throws InterruptedException {
        var progress = standstills.watch("lane 0");
        var end = new CountDownLatch(1);
        var thread = Thread.ofPlatform().unstarted(() -> await(end));
        progress.on(thread);
        assertThat(now().getStatus()).isEqualTo(Status.UP);
        thread.start();
        assertThat(now().getStatus()).isEqualTo(Status.UP);

        end.countDown();
        thread.join();

        assertThat(now().getStatus()).isEqualTo(Status.DOWN);
        assertThat(now().getData().orElseThrow()).containsEntry("lane 0", "Its thread has ended.");
    }

    @Test
    void what_fails_again_and_again_is_alive() {
        var progress = standstills.watch("relay");
        progress.on(Thread.currentThread());

        progress.failed("Kafka does not answer");

        assertThat(now().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void a_thread_that_hangs_for_longer_than_any_step_takes_never_moves_again() {
        var nanos = new AtomicLong();
        var progress = new Progress(nanos::get);
        progress.on(Thread.currentThread());
        progress.begins();

        nanos.set(Duration.ofSeconds(90).toNanos());
        assertThat(progress.end()).isNull();
        nanos.set(Duration.ofSeconds(91).toNanos());
        assertThat(progress.end()).isEqualTo("Its thread has said nothing for 91 seconds.");

        progress.idle();
        assertThat(progress.end()).isNull();
    }

    private HealthCheckResponse now() {
        return health.call().await().indefinitely();
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
