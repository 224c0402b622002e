package banking.rules;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.sql.Connection;
import java.util.regex.Pattern;

/** Looks for calls that begin or end a transaction, and for texts that do as statements. */
final class EndNoTransaction extends ArchCondition<JavaClass> {

    /** To a savepoint is within the transaction. */
    private static final Pattern STATEMENT =
            Pattern.compile(
                    "(?is)(.*;)?\\s*(begin|commit|abort|rollback|(start|end|prepare)\\s+transaction)"
                            + "(\\s+(work|transaction)\\b[^;]*)?(;.*)?");

    EndNoTransaction() {
        super("begin and end no transaction");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        for (var call : type.getMethodCallsFromSelf()) {
            if (endsATransaction(call)) {
                events.add(SimpleConditionEvent.violated(call, call.getDescription()));
            }
        }
        for (var entry : ClassFile.of().parse(bytes(type)).constantPool()) {
            if (entry instanceof StringEntry text
                    && STATEMENT.matcher(text.stringValue()).matches()) {
                events.add(
                        SimpleConditionEvent.violated(
                                type, type.getName() + " has the text " + text.stringValue()));
            }
        }
    }

    private static boolean endsATransaction(JavaMethodCall call) {
        return call.getTargetOwner().isAssignableTo(Connection.class)
                && switch (call.getName()) {
                    case "commit", "setAutoCommit" -> true;
                    case "rollback" -> call.getTarget().getRawParameterTypes().isEmpty();
                    default -> false;
                };
    }

    private static byte[] bytes(JavaClass type) {
        try (var file = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
