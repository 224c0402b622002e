package banking.inspection;

import banking.aggregate.AggregateType;
import banking.aggregate.Refusal;
import banking.database.Reads;
import banking.events.codec.Sha256;
import banking.http.Commands;
import banking.http.ExpensiveReads;
import banking.http.PlainText;
import banking.http.ProblemCode;
import banking.http.Problems;
import banking.journal.Comparison;
import banking.seal.Evidence;
import banking.seal.Evidence.FindingAnswer;
import banking.seal.Evidence.SealAnswer;
import banking.seal.Evidence.WalkAnswer;
import banking.seal.Leaf;
import banking.seal.SignedSeal;
import io.quarkus.arc.All;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What proves the journal to whoever does not take the bank's word for it. */
@Path("/journal")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Reads
@RunOnVirtualThread
public class JournalResource {

    private static final int MAX_PAGE = 1000;
    private static final int MOST_FINDINGS = 100;

    /** More would be a larger body than is taken. */
    private static final int MOST_HEADS = 300;

    private static final String EVENT = PlainText.UUID + ":[1-9][0-9]{0,17}";

    /** What the journal is called among what is sealed. */
    private static final String SOURCE = "journal";

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final ExpensiveReads reads;
    private final Evidence evidence;
    private final Comparison comparison;
    private final Set<String> types;

    JournalResource(
            ExpensiveReads reads,
            Evidence evidence,
            Comparison comparison,
            @All List<AggregateType<?, ?, ?>> types) {
        this.reads = reads;
        this.evidence = evidence;
        this.comparison = comparison;
        this.types = types.stream().map(AggregateType::name).collect(Collectors.toSet());
    }

    /**
     * @param next what to ask for with {@code after} next; absent on the last page
     */
    public record Seals(List<SealAnswer> seals, @Nullable Long next) {}

    /**
     * @param text what is signed, to the byte
     * @param signature of the text, Ed25519, in Base64
     * @param leaves the hashes that its root stands for, each behind the name of what was sealed
     */
    public record SealedAnswer(long number, String text, String signature, List<String> leaves) {

        static SealedAnswer of(SignedSeal seal) {
            return new SealedAnswer(
                    seal.number(),
                    seal.text(),
                    seal.signature(),
                    seal.leaves().stream().map(Leaf::toString).toList());
        }
    }

    /**
     * @param walks how far each walk through what is kept is
     * @param findings what is not as it was written, the newest first
     */
    public record Verification(List<WalkAnswer> walks, List<FindingAnswer> findings) {}

    /**
     * On which event somebody stands.
     *
     * @param id the stream's
     * @param hash of the event of that version, in hexadecimal
     */
    public record Head(
            @NotNull
                    @Pattern(regexp = PlainText.UUID)
                    @Schema(examples = "\"01890a5d-ac96-774b-bcce-b302099a8057\"")
                    String id,
            @Min(1) @Schema(examples = "17") long version,
            @NotNull @Pattern(regexp = "([0-9a-f]{2}){1,64}") @Schema(examples = "\"01ab\"")
                    String hash) {

        Comparison.Head parsed() {
            return new Comparison.Head(
                    Commands.id(id), version, Sha256.ofBytes(HexFormat.of().parseHex(hash)));
        }
    }

    /**
     * All that the other side has of streams in a range of ids.
     *
     * @param after where the range begins, exclusive; absent for the first of all
     * @param upTo where it ends, inclusive; absent for the last of all
     */
    public record Compare(
            @NotNull @PlainText @Schema(examples = "\"account\"") String type,
            @Pattern(regexp = PlainText.UUID)
                    @Schema(examples = "\"00000000-0000-0000-0000-000000000000\"")
                    @Nullable String after,
            @Pattern(regexp = PlainText.UUID)
                    @Schema(examples = "\"00000000-0000-0000-0000-000000000001\"")
                    @Nullable String upTo,
            @NotNull
                    @Size(max = MOST_HEADS)
                    @Schema(
                            examples =
                                    "[{\"id\":\"01890a5d-ac96-774b-bcce-b302099a8057\","
                                            + "\"version\":17,\"hash\":\"01ab\"}]")
                    List<@NotNull @Valid Head> heads) {}

    /** A stream of which the two sides have different events, and what differs. */
    public record Difference(String id, String why) {}

    public record CompareAnswer(int compared, List<Difference> differences) {}

    @POST
    @Path("comparison")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Hold what another side stands on against the journal",
            description =
                    "The query service tells what it stands on: GET /projections/{projection}/heads."
                            + " What is younger than a minute may be under way, and is no difference.")
    @APIResponse(responseCode = "200", description = "The streams that differ")
    public CompareAnswer comparison(@NotNull @Valid Compare body) {
        if (!types.contains(body.type)) {
            throw Problems.of(ProblemCode.INVALID_REQUEST, "There are no streams of this type.");
        }
        var heads = body.heads.stream().map(Head::parsed).toList();
        var after = body.after == null ? null : Commands.id(body.after);
        var upTo = body.upTo == null ? null : Commands.id(body.upTo);
        var found = reads.inTurn(() -> comparison.differences(body.type, heads, after, upTo));
        return new CompareAnswer(
                heads.size(),
                found.stream().map(d -> new Difference(d.stream().toString(), d.why())).toList());
    }

    @GET
    @Path("seals")
    @Operation(summary = "The seals, in their order")
    public Seals seals(
            @QueryParam("after") @DefaultValue("0") @Min(0) long after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(MAX_PAGE) int limit)
            throws SQLException {
        var page = evidence.seals(after, limit);
        return new Seals(page, page.size() < limit ? null : page.getLast().number());
    }

    @GET
    @Path("seals/{seal}")
    @Operation(summary = "A seal with its signature and all of its leaves")
    public SealedAnswer seal(@PathParam("seal") @Min(1) long seal) throws SQLException {
        return evidence.seal(seal)
                .map(SealedAnswer::of)
                .orElseThrow(() -> Problems.of(Refusal.notFound("seal"), "There is no such seal."));
    }

    @GET
    @Path("proofs/{event}")
    @Operation(
            summary = "An event's way to a signed root",
            description = "EVIDENCE.md says how to follow it with openssl and sha256sum.")
    public ProofAnswer proof(@PathParam("event") @Pattern(regexp = EVENT) String event) {
        return reads.inTurn(() -> evidence.proof(SOURCE, event))
                .map(proof -> ProofAnswer.of(event, proof))
                .orElseThrow(
                        () ->
                                Problems.of(
                                        Refusal.notFound("event"),
                                        "There is no such event, or it is not sealed yet."));
    }

    @GET
    @Path("verification")
    @Operation(
            summary = "How far the journal is verified, and what was found",
            description =
                    "With a time, the seals of that time are verified in the background, where"
                            + " that is not done or under way: ask again.")
    public Verification verification(
            @QueryParam("from") @Parameter(description = "Seals from this instant on")
                    @Nullable Instant from,
            @QueryParam("to") @Parameter(description = "Seals before this instant")
                    @Nullable Instant to)
            throws SQLException {
        if (from != null || to != null) {
            if (!evidence.verify(known(from, FIRST), known(to, LAST))) {
                throw Problems.of(
                        ProblemCode.OVERLOADED, "Too many times are being verified already.");
            }
        }
        return new Verification(evidence.walks(), evidence.findings(MOST_FINDINGS));
    }

    /** The database's times end before Java's do. */
    private static Instant known(@Nullable Instant time, Instant otherwise) {
        return time == null || time.isBefore(FIRST) || time.isAfter(LAST) ? otherwise : time;
    }
}
