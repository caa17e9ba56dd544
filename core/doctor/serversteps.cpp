#include "core/doctor/steps.h"
#include "core/kube/api/answerstream.h"
#include "core/support/clock.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

#include <cstdlib>

using namespace Qt::StringLiterals;

namespace Fairlead::Doctor {

namespace {

using Kube::ApiClient;
using Kube::ApiError;

/// A clock that is off by more makes certificates and tokens fail that are good.
constexpr qint64 SkewThatMatters = 60;

QByteArray jsonOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// The Date field of an answer (RFC 9110 section 5.6.7, the form that servers send).
QDateTime serverTime(const Http::ResponseHead &head)
{
    QDateTime time =
        QLocale::c().toDateTime(QString::fromLatin1(head.fields.value("date")), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    time.setTimeSpec(Qt::UTC);
    return time;
}

class VersionStep final : public Step
{
    Q_OBJECT

public:
    explicit VersionStep(Patient &patient)
        : Step(u"server"_s, tr("Server"), Needed::ByAll, patient)
    {
    }

    void run() override
    {
        const auto &config = patient().config;
        m_answer = patient().client->stream(
            {.path = Kube::apiPath(config, {u"version"_s}), .query = {}, .timeoutMs = patient().question.timeoutMs},
            this);
        connect(m_answer, &Kube::AnswerStream::arrived, this, [this](const QByteArray &bytes) { m_body += bytes; });
        connect(m_answer, &Kube::AnswerStream::ended, this, &VersionStep::onAnswer);
        connect(m_answer, &Kube::AnswerStream::failed, this, &VersionStep::onError);
        m_answer->open();
    }

private:
    void onAnswer()
    {
        takeTime();
        const QString version = QJsonDocument::fromJson(m_body)["gitVersion"_L1].toString();
        if (version.isEmpty()) {
            bad(tr("%1 answers, but not as an API server does.").arg(patient().client->hostText()),
                QString::fromUtf8(m_body.left(200)), tr("Is it another server, or a page to sign in at?"));
            return;
        }
        const QString text = tr("Kubernetes %1", "version").arg(version);
        const QDateTime there = serverTime(m_answer->head());
        if (!there.isValid()) {
            good(text);
            return;
        }
        const qint64 skew = SystemClock::instance().now().secsTo(there);
        if (std::abs(skew) < SkewThatMatters)
            good(tr("%1, its clock and this one agree", "version").arg(text));
        else
            warn(text,
                 skew > 0 ? tr("Its clock is %n second(s) ahead of this computer's.", nullptr, int(skew))
                          : tr("Its clock is %n second(s) behind this computer's.", nullptr, int(-skew)),
                 tr("Certificates and tokens may seem expired or not valid yet: set the clock that is wrong."));
    }

    void onError(const ApiError &error)
    {
        takeTime();
        // Whom the server does not know, it may refuse even this.
        if (error.kind == ApiError::Kind::Forbidden)
            warn(tr("The server does not tell its version."), error.detail);
        else if (error.kind == ApiError::Kind::Unauthorized)
            bad(error.message, error.detail,
                tr("The credentials are not accepted: sign in again, or see “fairlead config explain” for what was "
                   "sent."));
        else
            bad(error.message, error.detail);
    }

    Kube::AnswerStream *m_answer = nullptr;
    QByteArray m_body;
};

/// SelfSubjectReview (1.26: v1alpha1, 1.27: v1beta1, 1.28: v1).
class IdentityStep final : public Step
{
    Q_OBJECT

public:
    explicit IdentityStep(Patient &patient)
        : Step(u"identity"_s, tr("Who am I"), Needed::ByNone, patient)
    {
    }

    void run() override { ask(); }

private:
    void ask()
    {
        static const QStringList versions{u"v1"_s, u"v1beta1"_s, u"v1alpha1"_s};
        if (m_at == versions.size()) {
            skip(tr("This server does not tell (Kubernetes does since 1.28)."));
            return;
        }
        const QString version = versions.at(m_at++);
        const QString group = u"authentication.k8s.io"_s;
        ApiClient::Request request;
        request.verb = "POST";
        request.path = Kube::apiPath(patient().config, {u"apis"_s, group, version, u"selfsubjectreviews"_s});
        request.body = jsonOf({{"apiVersion"_L1, group + u'/' + version}, {"kind"_L1, "SelfSubjectReview"_L1}});
        request.timeoutMs = patient().question.timeoutMs;
        patient().client->send(request, this, [this](const ApiClient::Answer &answer) { onAnswer(answer); });
    }

    void onAnswer(const ApiClient::Answer &answer)
    {
        if (!answer) {
            if (answer.error().kind == ApiError::Kind::NotFound)
                ask();
            else if (answer.error().kind == ApiError::Kind::Unauthorized)
                bad(answer.error().message, answer.error().detail);
            else
                skip(answer.error().message);
            return;
        }
        const QJsonObject user = QJsonDocument::fromJson(*answer)["status"_L1]["userInfo"_L1].toObject();
        QStringList groups;
        for (const QJsonValue &group : user["groups"_L1].toArray())
            groups << group.toString();
        const QString name = user["username"_L1].toString();
        if (name == "system:anonymous"_L1)
            warn(tr("nobody: the server takes this as an anonymous request"), groups.join(u", "_s),
                 tr("Does the kubeconfig's user have credentials?"));
        else
            good(groups.isEmpty() ? name : tr("%1, in %2", "user, groups").arg(name, groups.join(u", "_s)));
    }

    qsizetype m_at = 0;
};

/// What the server says that one may. Only the real try decides: webhooks may know better.
class RightsStep final : public Step
{
    Q_OBJECT

public:
    explicit RightsStep(Patient &patient)
        : Step(u"rights"_s, tr("Rights"), Needed::ByNone, patient)
    {
    }

    void run() override
    {
        m_rights = {{u"list"_s, u"pods"_s, {}, {}},
                    {u"get"_s, u"pods"_s, {}, {}},
                    {u"create"_s, u"pods"_s, u"portforward"_s, {}}};
        m_open = m_rights.size();
        for (qsizetype i = 0; i < m_rights.size(); ++i)
            ask(i);
    }

private:
    struct Right {
        QString verb;
        QString resource;
        QString subresource;
        std::optional<bool> granted;

        [[nodiscard]] QString text() const
        {
            return subresource.isEmpty() ? verb + u' ' + resource : verb + u' ' + resource + u'/' + subresource;
        }
    };

    void ask(qsizetype i)
    {
        const Right &right = m_rights.at(i);
        ApiClient::Request request;
        request.verb = "POST";
        request.path = Kube::apiPath(patient().config,
                                     {u"apis"_s, u"authorization.k8s.io"_s, u"v1"_s, u"selfsubjectaccessreviews"_s});
        request.body = jsonOf({{"apiVersion"_L1, "authorization.k8s.io/v1"_L1},
                               {"kind"_L1, "SelfSubjectAccessReview"_L1},
                               {"spec"_L1,
                                QJsonObject{{"resourceAttributes"_L1,
                                             QJsonObject{{"namespace"_L1, patient().namespaceName},
                                                         {"verb"_L1, right.verb},
                                                         {"resource"_L1, right.resource},
                                                         {"subresource"_L1, right.subresource}}}}}});
        request.timeoutMs = patient().question.timeoutMs;
        patient().client->send(request, this, [this, i](const ApiClient::Answer &answer) {
            if (answer)
                m_rights[i].granted = QJsonDocument::fromJson(*answer)["status"_L1]["allowed"_L1].toBool();
            if (--m_open == 0)
                conclude();
        });
    }

    void conclude()
    {
        QStringList granted;
        QStringList missing;
        for (const Right &right : m_rights) {
            if (right.granted)
                (*right.granted ? granted : missing) << right.text();
        }
        const QString ns = patient().namespaceName;
        if (granted.isEmpty() && missing.isEmpty())
            skip(tr("This server does not tell."));
        else if (missing.isEmpty())
            good(tr("in %1: %2", "namespace, rights").arg(ns, granted.join(u", "_s)));
        else
            warn(tr("in %1, missing: %2", "namespace, rights").arg(ns, missing.join(u", "_s)), {},
                 tr("An administrator can give them: kubectl create role fairlead -n %1 --verb=get,list,watch,create "
                    "--resource=pods,pods/portforward")
                     .arg(ns));
    }

    QList<Right> m_rights;
    qsizetype m_open = 0;
};

} // namespace

void addServerSteps(StepList &steps, Patient &patient)
{
    steps.push_back(std::make_unique<VersionStep>(patient));
    steps.push_back(std::make_unique<IdentityStep>(patient));
    steps.push_back(std::make_unique<RightsStep>(patient));
}

} // namespace Fairlead::Doctor

#include "serversteps.moc"
