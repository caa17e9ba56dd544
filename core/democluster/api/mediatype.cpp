#include "core/democluster/api/mediatype.h"

namespace Fairlead::Demo {
namespace {

/// A media type that asks for a shape we do not know is not served as something else: the client lists what it takes
/// instead.
std::optional<Rendering> renderingOf(const QByteArray &mediaType)
{
    const QList<QByteArray> parts = mediaType.split(';');
    const QByteArray type = parts.first().trimmed().toLower();
    if (type != "application/json" && type != "application/*" && type != "*/*")
        return std::nullopt;
    QByteArray shape;
    QByteArray group;
    QByteArray version;
    for (const QByteArray &part : parts.mid(1)) {
        const QByteArray parameter = part.trimmed();
        if (parameter.startsWith("as="))
            shape = parameter.mid(3);
        else if (parameter.startsWith("g="))
            group = parameter.mid(2);
        else if (parameter.startsWith("v="))
            version = parameter.mid(2);
    }
    if (shape.isEmpty())
        return Rendering::Full;
    if (group != "meta.k8s.io" || version != "v1")
        return std::nullopt;
    if (shape == "Table")
        return Rendering::Table;
    if (shape == "PartialObjectMetadata" || shape == "PartialObjectMetadataList")
        return Rendering::Partial;
    return std::nullopt;
}

} // namespace

std::optional<Rendering> negotiateRendering(const QList<QByteArray> &accept)
{
    if (accept.isEmpty())
        return Rendering::Full;
    for (const QByteArray &mediaType : accept) {
        if (const auto rendering = renderingOf(mediaType))
            return rendering;
    }
    return std::nullopt;
}

} // namespace Fairlead::Demo
