package banking.inspection;

import banking.database.Reads;
import banking.http.Problems;
import banking.http.Reasons;
import banking.http.Refusal;
import banking.inspection.NamelessRecords.Place;
import banking.paging.Page;
import banking.projection.Projection;
import banking.projection.Projections;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
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
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.sql.SQLException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** What operators see and do about the records that do not say which aggregate they belong to. */
@Path("/projections/{projection}/nameless")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
class NamelessResource {

    private final Projections projections;
    private final NamelessRecords records;
    private final Reasons reasons;

    NamelessResource(Projections projections, NamelessRecords records, Reasons reasons) {
        this.reasons = reasons;
        this.projections = projections;
        this.records = records;
    }

    @GET
    @Reads
    @Operation(summary = "The records that do not say which aggregate they belong to, by place")
    @APIResponse(responseCode = "200", description = "A page; next is the cursor to the one after")
    public Answers.NamelessPage namelessRecords(
            @PathParam("projection") String name,
            @QueryParam("skipped")
                    @DefaultValue("false")
                    @Parameter(description = "Those that are skipped instead of those that wait")
                    boolean skipped,
            @QueryParam("after") @Pattern(regexp = Place.FORM) @Nullable String after,
            @QueryParam("limit") @DefaultValue(Page.DEFAULT) @Min(1) @Max(Page.MAX) int limit)
            throws SQLException {
        var place = after == null ? Place.START : Place.parse(after);
        var page = Page.of(records.page(projection(name), skipped, place, limit + 1), limit);
        return new Answers.NamelessPage(page.rows(), page.next(NamelessRecords.Nameless::place));
    }

    @GET
    @Reads
    @Path("/{record}")
    @Operation(summary = "What such a record holds, as text")
    @APIResponse(responseCode = "200", description = "The record as it came from Kafka")
    public Answers.NamelessContent namelessRecord(
            @PathParam("projection") String name,
            @PathParam("record") @Pattern(regexp = Place.FORM) String place)
            throws SQLException {
        return records.find(projection(name), Place.parse(place))
                .map(Answers.NamelessContent::of)
                .orElseThrow(
                        () ->
                                Problems.of(
                                        Refusal.notFound("record"),
                                        "It may have been skipped by now."));
    }

    @POST
    @Path("/skip")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Count such records no more; they are kept, with who said so and why",
            description = "For after they were looked at, and what was lost was published again.")
    @APIResponse(responseCode = "200", description = "Which of them are skipped by this")
    public Answers.Skipped skipNamelessRecords(
            @PathParam("projection") String name,
            @Valid @NotNull Skip body,
            @Context SecurityContext caller)
            throws SQLException {
        reasons.say(body.because.strip());
        var places = body.places.stream().map(Place::parse).toList();
        var by = caller.getUserPrincipal().getName();
        return new Answers.Skipped(
                records.skip(projection(name), places, by, body.because.strip()).stream()
                        .map(Place::toString)
                        .toList());
    }

    @Schema(name = "SkipNameless")
    record Skip(
            @NotEmpty @Size(max = Page.MAX) @Schema(examples = "[\"0-17\"]")
                    List<@NotNull @Pattern(regexp = Place.FORM) String> places,
            @NotBlank
                    @Size(max = 500)
                    @Pattern(regexp = "[^\\x00-\\x1F\\x7F]*")
                    @Schema(examples = "published again")
                    String because) {}

    private Projection projection(String name) {
        return projections
                .find(name)
                .orElseThrow(
                        () ->
                                Problems.of(
                                        Refusal.notFound("projection"),
                                        "GET /projections names all there are."));
    }
}
