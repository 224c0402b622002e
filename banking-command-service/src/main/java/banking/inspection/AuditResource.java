package banking.inspection;

import banking.aggregate.Refusal;
import banking.audit.AuditReader;
import banking.audit.AuditReader.Verified;
import banking.audit.AuditReader.Written;
import banking.audit.CommandReader;
import banking.audit.Question;
import banking.audit.Question.Place;
import banking.database.Reads;
import banking.http.ExpensiveReads;
import banking.http.PlainText;
import banking.http.Problems;
import banking.seal.Evidence;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Who has given which command, who was refused, and what operators did, for auditors. */
@Path("/audit")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@RunOnVirtualThread
@Reads
public class AuditResource {

    private static final int MAX_PAGE = 1000;
    private static final String PLACE = PlainText.UUID + ":[0-9]{1,18}";
    private static final String PLACE_MESSAGE = "is what an answer gave as next";

    /** What the parts of the trail are called among what is sealed. */
    private static final String ENTRIES = "audit";

    private static final String COMMANDS = "commands";
    private static final int LONGEST_ACTOR = 500;

    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final ExpensiveReads reads;
    private final AuditReader audit;
    private final CommandReader commands;
    private final Evidence evidence;

    AuditResource(
            ExpensiveReads reads, AuditReader audit, CommandReader commands, Evidence evidence) {
        this.reads = reads;
        this.audit = audit;
        this.commands = commands;
        this.evidence = evidence;
    }

    /**
     * @param next what to ask for with {@code after} next; absent on the last page
     */
    public record AuditPage(List<Audited> entries, @Nullable String next) {

        static AuditPage of(List<Written> page, int limit) {
            return new AuditPage(
                    page.stream().map(Audited::of).toList(),
                    page.size() < limit ? null : page.getLast().id());
        }
    }

    @GET
    @Operation(
            summary = "What was done or refused here: by whom, as what, from where; oldest first",
            description =
                    "A command that has led to events has the last of these as its id, and the"
                            + " status of its answer; 200 where the bank itself has given it. What"
                            + " was read is in the other service's /audit/reads.")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public AuditPage audit(
            @QueryParam("actor")
                    @Parameter(description = "Of one caller")
                    @Size(max = LONGEST_ACTOR)
                    @PlainText
                    @Nullable String actor,
            @QueryParam("aggregate") @Parameter(description = "About one account, or the like")
                    @Nullable UUID aggregate,
            @QueryParam("from") @Parameter(description = "From this instant on")
                    @Nullable Instant from,
            @QueryParam("to") @Parameter(description = "Before this instant") @Nullable Instant to,
            @QueryParam("after") @Pattern(regexp = PLACE, message = PLACE_MESSAGE)
                    @Nullable String after,
            @QueryParam("limit") @DefaultValue("100") @Min(1) @Max(MAX_PAGE) int limit) {
        var question =
                new Question(
                        actor,
                        aggregate,
                        from == null ? FIRST : known(from),
                        to == null ? LAST : known(to),
                        place(after),
                        limit);
        var page =
                reads.inTurn(
                        () ->
                                Stream.of(audit.page(question), commands.page(question))
                                        .flatMap(List::stream)
                                        .sorted(Comparator.comparing(Written::place))
                                        .limit(limit)
                                        .toList());
        return AuditPage.of(page, limit);
    }

    @GET
    @Path("/chains/{chain}")
    @Operation(
            summary = "Whether the entries that one process has written are as it wrote them",
            description = "Goes on for a few seconds at the most: ask again with next as after.")
    @APIResponse(responseCode = "200", description = "Up to where they fit")
    public Verified auditChain(
            @PathParam("chain") UUID chain,
            @QueryParam("after")
                    @Parameter(description = "Goes on behind this number")
                    @DefaultValue("0")
                    @Min(0)
                    long after) {
        var verified = reads.inTurn(() -> audit.verify(chain, after));
        if (after == 0 && verified.fitUpTo() == 0 && verified.firstBroken() == null) {
            throw Problems.of(Refusal.notFound("chain"), "No entry is of this chain.");
        }
        return verified;
    }

    @GET
    @Path("/proofs/{entry}")
    @Operation(
            summary = "An entry's way to a signed root",
            description =
                    "Of an accepted command, that of all that was given in its transaction."
                            + " EVIDENCE.md says how to follow it with openssl and sha256sum.")
    public ProofAnswer auditProof(@PathParam("entry") @Pattern(regexp = PLACE) String entry) {
        return reads.inTurn(() -> proof(ENTRIES, entry).or(() -> ofCommand(entry)))
                .orElseThrow(
                        () ->
                                Problems.of(
                                        Refusal.notFound("entry"),
                                        "There is no such entry, or it is not sealed yet."));
    }

    private Optional<ProofAnswer> ofCommand(String entry) {
        return commands.given(entry).flatMap(given -> proof(COMMANDS, given));
    }

    private Optional<ProofAnswer> proof(String source, String name) {
        return evidence.proof(source, name).map(proof -> ProofAnswer.of(name, proof));
    }

    private Place place(@Nullable String after) {
        return after == null
                ? Place.BEGINNING
                : audit.place(after).or(() -> commands.place(after)).orElse(Place.BEGINNING);
    }

    /** The database's times end before Java's do. */
    private static Instant known(Instant time) {
        return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
    }
}
