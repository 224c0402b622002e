package banking.seal;

import java.util.List;

/**
 * Where seals are kept that the database's role cannot reach; every bean of this type. What is
 * there and was not signed here is passed over.
 */
public interface SealPlace {

    String name();

    /** Whether there is this place at all. */
    boolean isThere();

    /** The number of the last seal here; 0 where there is none. */
    long last() throws Exception;

    /** Adds a seal, for good; the same may come twice. */
    void put(SignedSeal seal) throws Exception;

    /** Seals with a number above another, in their order, some of them at least. */
    List<SignedSeal> above(long number) throws Exception;
}
