#include "core/kube/config/usercheck.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace Fairlead::Kube {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(Kubeconfig)
};

class UserCheck
{
public:
    UserCheck(const UserEntry &user, Findings &findings)
        : m_user(user)
        , m_place(entryPlace(user.file, "user"_L1, user.name))
        , m_findings(findings)
    {
    }

    void run()
    {
        checkCertificate();
        checkExec();
        checkMethods();
        checkImpersonation();
    }

private:
    void problem(const QString &message, const QString &clientGo)
    {
        m_findings.problems.append({ConfigProblem::Stage::Validate, message, clientGo});
    }

    void warnBoth(const QString &dataField, const QString &fileField)
    {
        m_findings.warnings += Text::tr("%1: it has %2 and %3; the data is used. kubectl refuses that. Remove one of "
                                        "them.",
                                        "%1 file and user, %2 and %3 fields")
                                   .arg(m_place, dataField, fileField);
    }

    void checkCertificate()
    {
        const bool hasCertificate = !m_user.certificateFile.isEmpty() || !m_user.certificateData.isEmpty();
        const bool hasKey = !m_user.keyFile.isEmpty() || !m_user.keyData.isEmpty();
        if (!hasCertificate) {
            if (hasKey)
                m_findings.warnings +=
                    Text::tr("%1: it has a client key without a client certificate; the key is ignored.",
                             "%1 file and user")
                        .arg(m_place);
            return;
        }
        if (!m_user.certificateFile.isEmpty() && !m_user.certificateData.isEmpty())
            warnBoth(u"client-certificate-data"_s, u"client-certificate"_s);
        if (!m_user.keyFile.isEmpty() && !m_user.keyData.isEmpty())
            warnBoth(u"client-key-data"_s, u"client-key"_s);
        if (!hasKey)
            problem(
                Text::tr("%1: it has a client certificate without a key. Add client-key or client-key-data.",
                         "%1 file and user")
                    .arg(m_place),
                u"client-key-data or client-key must be specified for %1 to use the clientCert authentication method."_s
                    .arg(m_user.name));
    }

    void checkExec()
    {
        if (!m_user.exec)
            return;
        if (m_user.authProvider)
            problem(Text::tr("%1: it has both exec and auth-provider. Remove one of them.", "%1 file and user")
                        .arg(m_place),
                    u"authProvider cannot be provided in combination with an exec plugin for %1"_s.arg(m_user.name));
        requireExecField(u"command"_s, m_user.exec->command);
        requireExecField(u"apiVersion"_s, m_user.exec->apiVersion);
        for (const auto &[name, value] : m_user.exec->environment) {
            if (name.isEmpty())
                problem(
                    Text::tr("%1: exec: an env entry has no name.", "%1 file and user").arg(m_place),
                    u"env variable name must be specified for %1 to use exec authentication plugin"_s.arg(m_user.name));
        }
        checkInteractiveMode();
    }

    void requireExecField(const QString &field, const QString &value)
    {
        if (value.isEmpty())
            problem(Text::tr("%1: exec has no %2. Add it.", "%1 file and user, %2 field").arg(m_place, field),
                    u"%1 must be specified for %2 to use exec authentication plugin"_s.arg(field, m_user.name));
    }

    void checkInteractiveMode()
    {
        static const QStringList modes{u"Never"_s, u"IfAvailable"_s, u"Always"_s};
        const QString &mode = m_user.exec->interactiveMode;
        if (mode.isEmpty())
            requireExecField(u"interactiveMode"_s, mode);
        else if (!modes.contains(mode))
            problem(Text::tr("%1: exec: interactiveMode is \"%2\", but must be one of %3.",
                             "%1 file and user, %3 list of words")
                        .arg(m_place, mode, modes.join(", "_L1)),
                    u"invalid interactiveMode for %1: \"%2\""_s.arg(m_user.name, mode));
    }

    void checkMethods()
    {
        const bool basic = !m_user.username.isEmpty() || !m_user.password.isEmpty();
        if (!basic)
            return;
        if (!m_user.token.isEmpty())
            problem(
                Text::tr("%1: it has a token as well as username and password. Remove one of them.", "%1 file and user")
                    .arg(m_place),
                u"more than one authentication method found for %1; found [token basicAuth], only one is allowed"_s.arg(
                    m_user.name));
        else if (!m_user.tokenFile.isEmpty())
            m_findings.problems.append(
                {ConfigProblem::Stage::Connect,
                 Text::tr("%1: it has a tokenFile as well as username and password. Remove one of them.",
                          "%1 file and user")
                     .arg(m_place),
                 u"username/password or bearer token may be set, but not both"_s});
    }

    void checkImpersonation()
    {
        if (m_user.impersonate.isEmpty() || !m_user.impersonate.user.isEmpty())
            return;
        problem(
            Text::tr("%1: as-uid, as-groups and as-user-extra need \"as\". Add it.", "%1 file and user").arg(m_place),
            u"requesting uid, groups or user-extra for %1 without impersonating a user"_s.arg(m_user.name));
    }

    const UserEntry &m_user;
    QString m_place;
    Findings &m_findings;
};

} // namespace

void checkUserFields(const UserEntry &user, Findings &findings)
{
    UserCheck(user, findings).run();
}

} // namespace Fairlead::Kube
