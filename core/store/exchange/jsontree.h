#pragma once

#include "core/kube/config/yamltree.h"

namespace Fairlead::Store {

/// JSON (RFC 8259) as the tree that YAML gives, so that one reader serves both and knows where things stand, which
/// QJsonDocument does not tell. yaml-cpp would read most JSON, but neither pairs of \u escapes nor text in one long
/// line in reasonable time. Strings count as quoted. The bounds are YAML's: MaxYamlDepth, MaxYamlNodes. Of equal keys
/// the last one counts. The text has to be valid UTF-8. No I/O.
[[nodiscard]] Result<Kube::YamlNodePtr, Kube::YamlError> parseJson(QByteArrayView text);

} // namespace Fairlead::Store
