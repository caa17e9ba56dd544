#pragma once

#include "app/cli/argumentreader.h"

#include <functional>

namespace Fairlead::App {

/// A word that a shell may offer, and a line about it (may be empty).
struct Candidate {
    QString word;
    QString help = {};

    bool operator==(const Candidate &) const = default;
};

struct Completion {
    QList<Candidate> candidates; ///< all begin with what was typed
    bool files = false; ///< names of files belong here, which shells know best
};

/// Where names come from; each is called only when its names are needed, with what the line says so far.
struct NameSources {
    using Names = std::function<QStringList(const ParsedArguments &line)>;
    Names contexts;
    Names clusters;
    Names users;
    Names namespaces;
    Names targets;
    Names profiles;
    Names forwards;
};

/// What the words of a command are about that are no flags.
enum class Operands {
    None,
    Target, ///< TARGET, then ports
    Profile, ///< a profile or a file
    Forwards, ///< forwards and profiles
    Files,
    Profiles ///< profiles only
};

/// A command as completion knows it.
struct CompletedCommand {
    QStringList words; ///< none: the window
    QString help;
    ArgumentReader (*reader)() = nullptr;
    Operands operands = Operands::None;
};

/// What may stand where the last of `words` is being typed; the words come without the program's name, as the shell
/// would hand them over. Does no I/O but by `names`.
[[nodiscard]] Completion complete(const QStringList &words, const QList<CompletedCommand> &commands,
                                  const NameSources &names);

} // namespace Fairlead::App
