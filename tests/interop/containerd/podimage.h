#pragma once

#include <QString>

/// Packs one static program as a container image that `ctr images import` takes: a layer with the program, the image's
/// configuration and a manifest, in the form that `docker save` writes.
namespace PodImage {

/// Writes DIRECTORY/image.tar, named `name` (with a registry's host and a tag). Answers what went wrong, or nothing.
[[nodiscard]] QString write(const QString &directory, const QString &name, const QString &program);

} // namespace PodImage
