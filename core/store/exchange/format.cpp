#include "core/store/exchange/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Fairlead::Store {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Exchange)
};

/// Other words that people look for.
constexpr std::array Synonyms{
    std::pair("profile"_L1, Format::Profile),     std::pair("script"_L1, Format::Commands),
    std::pair("oc"_L1, Format::Commands),         std::pair("shell"_L1, Format::Commands),
    std::pair("kftui"_L1, Format::Kftray),        std::pair("kubeforwarder"_L1, Format::KubeForwarder),
    std::pair("openlens"_L1, Format::Lens),       std::pair("freelens"_L1, Format::Lens),
    std::pair("k9s"_L1, Format::Annotations),     std::pair("manifest"_L1, Format::Annotations),
    std::pair("cloud-code"_L1, Format::Skaffold),
};

} // namespace

QList<FormatInfo> formats()
{
    return {
        {Format::Profile, "fairlead"_L1, Text::tr("Fairlead profile"), true, "yaml"_L1},
        {Format::Commands, "kubectl"_L1, Text::tr("kubectl or oc command lines"), true, "sh"_L1},
        {Format::Kftray, "kftray"_L1, u"kftray"_s, true, "json"_L1},
        {Format::KubeForwarder, "kube-forwarder"_L1, u"Kube Forwarder"_s, true, "json"_L1},
        {Format::Lens, "lens"_L1, u"Lens, OpenLens, Freelens"_s, true, "json"_L1},
        {Format::Headlamp, "headlamp"_L1, u"Headlamp"_s},
        {Format::Krelay, "krelay"_L1, u"krelay"_s, true, "txt"_L1},
        {Format::Kubefwd, "kubefwd"_L1, u"kubefwd"_s},
        {Format::Skaffold, "skaffold"_L1, u"Skaffold, Cloud Code"_s},
        {Format::Annotations, "annotations"_L1, Text::tr("annotations of k9s and kftray in manifests")},
    };
}

FormatInfo formatInfo(Format format)
{
    const QList<FormatInfo> all = formats();
    return *std::find_if(all.begin(), all.end(), [format](const FormatInfo &one) { return one.format == format; });
}

std::optional<Format> formatFromWord(const QString &word)
{
    const QString lower = word.toLower();
    for (const FormatInfo &info : formats()) {
        if (lower == info.word)
            return info.format;
    }
    for (const auto &[synonym, format] : Synonyms) {
        if (lower == synonym)
            return format;
    }
    return std::nullopt;
}

} // namespace Fairlead::Store
