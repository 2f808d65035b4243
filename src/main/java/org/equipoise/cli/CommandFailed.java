package org.equipoise.cli;

/** A command that cannot do what was asked, told in plain words. */
final class CommandFailed extends RuntimeException {
    CommandFailed(String message) {
        super(message);
    }
}
