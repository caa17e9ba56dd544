#pragma once

#include "core/kube/config/yamltree.h"

namespace Fairlead::Kube {

/// A node as compact JSON, for those who are told parts of a kubeconfig. Plain scalars become numbers, switches and
/// null by YAML 1.1, as in Go's sigs.k8s.io/yaml, where "n" is false; keys stay the text that they are.
[[nodiscard]] QByteArray yamlToJson(const YamlNode &node);

} // namespace Fairlead::Kube
