#include "core/democluster/state/pod.h"

#include <QCryptographicHash>
#include <QUuid>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Fairlead::Demo {

bool isReady(const Pod &pod)
{
    return pod.phase == "Running"_L1
        && std::all_of(pod.containers.begin(), pod.containers.end(), [](const Container &c) { return c.ready; });
}

QString sandboxId(const Pod &pod)
{
    const QByteArray digest = QCryptographicHash::hash(pod.uid.toLatin1(), QCryptographicHash::Sha256);
    return QString::fromLatin1(digest.toHex());
}

QString cniNetnsPath(const Pod &pod)
{
    return u"/var/run/netns/cni-"_s + stableUid(u"netns"_s, pod.nameSpace, pod.name);
}

QString stableUid(const QString &kind, const QString &nameSpace, const QString &name)
{
    static const QUuid space(u"{b0a6b7a2-3a4e-4a57-9d3b-0b6f8f1f6c55}"_s);
    return QUuid::createUuidV5(space, kind + u'/' + nameSpace + u'/' + name).toString(QUuid::WithoutBraces);
}

} // namespace Fairlead::Demo
