package banking.events;

import java.util.UUID;

/** The one form in which ids are written. */
final class CanonicalUuid {

    private CanonicalUuid() {}

    /**
     * @throws MalformedIdException also for what Java takes beside the canonical form: signs, other
     *     digits, fewer of them
     */
    static UUID of(String text) {
        UUID id;
        try {
            id = UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedIdException();
        }
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new MalformedIdException();
        }
        return id;
    }
}
