#pragma once

#include "core/store/exchange/format.h"
#include "core/store/profiles/profile.h"

namespace Fairlead::Store {

/// Which format parsed documents are of, by keys that only that one has; nullopt: of none.
[[nodiscard]] std::optional<Format> formatOfTree(const QList<Kube::YamlNodePtr> &documents);
/// The same of formats that are neither YAML nor JSON.
[[nodiscard]] std::optional<Format> formatOfText(const QString &text);
/// The format is one of lines, for which there is no tree.
[[nodiscard]] bool isTextFormat(Format format);
/// Somebody meant YAML, so what YAML says against it is worth telling.
[[nodiscard]] bool looksLikeYaml(const QString &text);
/// The same for JSON.
[[nodiscard]] bool looksLikeJson(const QByteArray &text);

} // namespace Fairlead::Store
