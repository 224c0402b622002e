# Sourced by mvnw: exports a JAVA_HOME that holds the JDK this project is built with.
# Quarkus augments inside Maven's own JVM, so a toolchain alone would not be enough.
REQUIRED_JDK=25

is_required_jdk() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] \
        && grep -q "^JAVA_VERSION=\"$REQUIRED_JDK[\".]" "$1/release"
}

find_required_jdk() {
    on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path") \
        && on_path=$(dirname "$(dirname "$on_path")")
    for home in "${JAVA_HOME:-}" "${on_path:-}" \
        /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$home" ] && is_required_jdk "$home"; then
            printf '%s\n' "$home"
            return 0
        fi
    done
    return 1
}

if JAVA_HOME=$(find_required_jdk); then
    export JAVA_HOME
else
    echo "mvnw: no JDK $REQUIRED_JDK found: install one (for example Temurin $REQUIRED_JDK from https://adoptium.net) or point JAVA_HOME at it." >&2
    exit 1
fi
