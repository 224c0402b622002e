package banking.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TcpProxyTest {

    private static final int PATIENCE_MILLIS = 10_000;
    private static final int SOME_MILLIS = 200;

    private ServerSocket echo;
    private TcpProxy proxy;

    @BeforeEach
    void open() throws IOException {
        echo = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
        proxy = TcpProxy.open(0, echo.getLocalPort());
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        echo.close();
    }

    @Test
    void what_is_sent_arrives_and_comes_back() throws IOException {
        try (Socket client = connect()) {
            assertThat(answer(client, 'a')).isEqualTo('a');
        }
    }

    @Test
    void a_silent_connection_carries_nothing_and_a_new_one_does() throws IOException {
        try (Socket before = connect()) {
            assertThat(answer(before, 'a')).isEqualTo('a');

            proxy.silence();
            before.setSoTimeout(SOME_MILLIS);

            assertThatThrownBy(() -> answer(before, 'b'))
                    .isInstanceOf(SocketTimeoutException.class);
            try (Socket after = connect()) {
                assertThat(answer(after, 'c')).isEqualTo('c');
            }
        }
    }

    @Test
    void a_mute_server_lets_everybody_in_and_answers_nobody() throws IOException {
        proxy.mute(true);
        try (Socket during = connect()) {
            during.setSoTimeout(SOME_MILLIS);
            assertThatThrownBy(() -> answer(during, 'a'))
                    .isInstanceOf(SocketTimeoutException.class);
        }

        proxy.mute(false);
        try (Socket after = connect()) {
            assertThat(answer(after, 'b')).isEqualTo('b');
        }
    }

    private Socket connect() throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        client.setSoTimeout(PATIENCE_MILLIS);
        return client;
    }

    private static int answer(Socket client, int sent) throws IOException {
        client.getOutputStream().write(sent);
        return client.getInputStream().read();
    }

    private void serve() {
        try {
            while (true) {
                Socket client = echo.accept();
                Thread.ofVirtual().start(() -> echo(client));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private static void echo(Socket client) {
        try (client) {
            client.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException e) {
            // The test is over.
        }
    }
}
