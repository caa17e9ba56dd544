#pragma once

#include "core/store/exchange/importer.h"

/// One reader a format, each in its own file. What they are given is bounded and valid text already; they give rows, or
/// an error where nothing can be read. What a reader is called for that is not its format is such an error, too.
namespace Fairlead::Store {

using Reading = Result<Imported, ProfileError>;

/// `text` is what `root` was parsed from.
[[nodiscard]] Reading readProfileRows(const Kube::YamlNode &root, const QByteArray &text);
[[nodiscard]] Reading readKftray(const Kube::YamlNode &root);
[[nodiscard]] Reading readKubeForwarder(const Kube::YamlNode &root);
[[nodiscard]] Reading readLens(const Kube::YamlNode &root, const ImportOrigin &origin);
[[nodiscard]] Reading readHeadlamp(const Kube::YamlNode &root);
[[nodiscard]] Reading readSkaffold(const QList<Kube::YamlNodePtr> &documents);
[[nodiscard]] Reading readAnnotations(const QList<Kube::YamlNodePtr> &documents);
[[nodiscard]] Reading readKubefwdFile(const Kube::YamlNode &root);
[[nodiscard]] Reading readKubefwdCommands(const QString &text);
[[nodiscard]] Reading readKrelay(const QString &text);
[[nodiscard]] Reading readCommands(const QString &text);

/// "This is nothing of kftray: a list is missing.": what a reader says of a text that is not its own.
[[nodiscard]] Failure<ProfileError> notOfFormat(Format format, const Kube::YamlNode &node, const QString &missing);

} // namespace Fairlead::Store
