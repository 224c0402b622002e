package banking.parking;

/** How far an aggregate has moved on: its version, and the offset of the event that made it. */
public record Newest(long version, long offset) {

    public static final Newest NONE = new Newest(0, -1);

    public Newest max(Newest other) {
        return new Newest(Math.max(version, other.version), Math.max(offset, other.offset));
    }

    /** Whether what is dead could not be read where it came, and has come again since. */
    public boolean isBeyond(Dead dead) {
        return dead.delivery() instanceof Delivery.Legible legible
                && legible.event().version() <= version;
    }
}
