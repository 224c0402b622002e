package banking.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a server that can lose connections as a firewall does: without a word to either side,
 * while new ones come through.
 */
public final class TcpProxy implements AutoCloseable {

    private static final int BUFFER_BYTES = 8192;

    private final ServerSocket entrance;
    private final int serverPort;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();

    private volatile boolean mute;

    private TcpProxy(ServerSocket entrance, int serverPort) {
        this.entrance = entrance;
        this.serverPort = serverPort;
    }

    /**
     * @param port where it listens; 0 for any free one
     * @param serverPort where the server listens, on this machine
     */
    public static TcpProxy open(int port, int serverPort) {
        try {
            InetAddress local = InetAddress.getLoopbackAddress();
            TcpProxy proxy = new TcpProxy(new ServerSocket(port, 0, local), serverPort);
            Thread.ofVirtual().name("proxy-" + proxy.port()).start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return entrance.getLocalPort();
    }

    /** Loses all connections that there are: what is sent through them arrives nowhere. */
    public void silence() {
        links.forEach(link -> link.silent = true);
    }

    /**
     * Loses all connections, those to come as well: whoever connects is let in, and waits. Until it
     * is told otherwise.
     */
    public void mute(boolean on) {
        mute = on;
        silence();
    }

    @Override
    public void close() {
        closeQuietly(entrance);
        links.forEach(Link::close);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = entrance.accept();
                try {
                    Link link =
                            new Link(
                                    client,
                                    new Socket(InetAddress.getLoopbackAddress(), serverPort));
                    link.silent = mute;
                    links.add(link);
                    link.start();
                } catch (IOException e) {
                    // The server is away, and so the client finds it.
                    closeQuietly(client);
                }
            }
        } catch (IOException e) {
            // Closed; nobody else ends this.
        }
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile boolean silent;

        Link(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void start() {
            Thread.ofVirtual().start(() -> carry(client, server));
            Thread.ofVirtual().start(() -> carry(server, client));
        }

        /** Where it is silent, not even the end of a connection comes through. */
        private void carry(Socket from, Socket to) {
            byte[] buffer = new byte[BUFFER_BYTES];
            try {
                int count = from.getInputStream().read(buffer);
                while (count >= 0) {
                    if (!silent) {
                        to.getOutputStream().write(buffer, 0, count);
                    }
                    count = from.getInputStream().read(buffer);
                }
            } catch (IOException e) {
                // One side has ended the connection, as it may.
            }
            if (silent) {
                closeQuietly(from);
            } else {
                close();
            }
        }

        private void close() {
            closeQuietly(client);
            closeQuietly(server);
            links.remove(this);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // It is of no use any more, closed or not.
        }
    }
}
