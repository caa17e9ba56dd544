#include "core/store/exchange/exporter.h"

#include "core/store/exchange/writers.h"
#include "core/store/profiles/profilewriter.h"

namespace Fairlead::Store {

namespace {

/// What may leave this machine: an added kubeconfig is a path of it.
Profile shareable(Profile profile)
{
    for (SavedForward &forward : profile.forwards)
        forward.spec.kubeconfig.clear();
    return profile;
}

} // namespace

Exported exportForwards(const Profile &profile, Format format)
{
    const Profile shared = shareable(profile);
    Exported result;
    switch (format) {
    case Format::Kftray:
        writeKftray(shared, result);
        break;
    case Format::KubeForwarder:
        writeKubeForwarder(shared, result);
        break;
    case Format::Lens:
        writeLens(shared, result);
        break;
    case Format::Krelay:
        writeKrelay(shared, result);
        break;
    case Format::Commands:
        writeCommands(shared, result);
        break;
    default:
        result.text = writeProfile(shared);
        break;
    }
    result.written = int(shared.forwards.size());
    for (const ExportRemark &remark : std::as_const(result.remarks))
        result.written -= remark.leftOut ? 1 : 0;
    return result;
}

} // namespace Fairlead::Store
