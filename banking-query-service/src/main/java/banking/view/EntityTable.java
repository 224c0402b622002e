package banking.view;

import banking.database.Statements;
import banking.database.ViewTable;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.type.descriptor.WrapperOptions;

/**
 * The table of a view as a batch reads and writes it. Its columns are those that Hibernate maps, so
 * that an entity's fields are the only list of them.
 */
final class EntityTable<V extends View<?>> {

    private static final Map<Class<?>, String> TYPES =
            Map.of(
                    UUID.class, "uuid",
                    Long.class, "int8",
                    Integer.class, "int4",
                    Boolean.class, "bool",
                    String.class, "text",
                    byte[].class, "bytea");

    private final String name;
    private final ViewTable<V> table;
    private final Supplier<V> blank;
    private final List<AttributeMapping> attributes = new ArrayList<>();
    private final WrapperOptions options;

    EntityTable(SessionFactoryImplementor database, Class<V> entity, Supplier<V> blank) {
        this.blank = blank;
        options = database.getWrapperOptions();
        var mapping = database.getMappingMetamodel().getEntityDescriptor(entity);
        name = mapping.getTableName();
        table = new ViewTable<V>(name).key("id", "uuid", view -> view.id);
        mapping.forEachAttributeMapping(
                attribute -> {
                    if (!attribute.getSelectable(0).isFormula()) {
                        add(attribute);
                    }
                });
    }

    private void add(AttributeMapping attribute) {
        attributes.add(attribute);
        var type = attribute.getJavaType().getJavaTypeClass();
        if (type == Instant.class) {
            table.withOptionalTime(column(attribute), view -> (Instant) attribute.getValue(view));
        } else if (TYPES.containsKey(type) || type.isEnum()) {
            var sql = TYPES.getOrDefault(type, "text");
            table.with(column(attribute), sql, attribute::getValue);
        } else {
            throw new IllegalStateException("nobody has said how a column holds " + attribute);
        }
    }

    private static String column(AttributeMapping attribute) {
        return attribute.getSelectable(0).getSelectionExpression();
    }

    String name() {
        return name;
    }

    List<V> load(Statements statements, Collection<UUID> ids) throws SQLException {
        return table.load(statements, "id = ANY (?)", ids, this::read);
    }

    private V read(ResultSet row) throws SQLException {
        var view = blank.get();
        view.id = row.getObject("id", UUID.class);
        for (var attribute : attributes) {
            var stored = row.getObject(column(attribute));
            attribute.setValue(view, attribute.getJavaType().wrap(stored, options));
        }
        return view;
    }

    void upsert(Statements statements, List<V> views) throws SQLException {
        table.upsert(statements, views);
    }
}
