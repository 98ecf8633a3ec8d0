"""Warmlead every night, as of the end of the data interval.

The run of 3 March 02:30 has a data interval that ends then, and scores as of 2026-03-03: all that was known by the end of
2 March. This holds for timetables whose interval is a day (Airflow 2) and a point (Airflow 3), and for runs that are
cleared or caught up on, which therefore score as they would have scored then. Dates must come in order: an older date than
the newest scored one is refused (exit code 3), and belongs to `backfill`.
"""

import subprocess

import pendulum
from airflow.decorators import dag, task
from airflow.exceptions import AirflowException, AirflowFailException

ZONE = "Europe/Berlin"  # run.zone of the settings

AS_OF = "{{ data_interval_end.in_timezone('" + ZONE + "') | ds }}"
MAINTAINED_ON = 7  # Small files are merged and old ones deleted after the night as of a Sunday.

MENDED_BY_A_PERSON = {
    1: "a bug: report it with the log",
    2: "settings or usage: mend what the message names",
    3: "input unusable: mend the export that the message names",
    5: "no model was published: the message has the gate's reason",
}


@dag(
    dag_id="warmlead",
    schedule="30 2 * * *",
    start_date=pendulum.datetime(2026, 1, 1, tz=ZONE),
    catchup=True,
    max_active_runs=1,
    default_args={
        "depends_on_past": True,
        "retries": 4,
        "retry_delay": pendulum.duration(minutes=15),
        "execution_timeout": pendulum.duration(hours=6),
    },
)
def warmlead():
    @task
    def nightly(as_of: str):
        ended = subprocess.run(
            [
                "/opt/warmlead/scripts/warmlead",
                "nightly",
                "--conf",
                "/etc/warmlead/warmlead.conf",
                "--lake",
                "/data/warmlead/lake",
                "--as-of",
                as_of,
            ],
            check=False,
        )
        if ended.returncode in MENDED_BY_A_PERSON:
            # Another try would fail in the same way.
            raise AirflowFailException(MENDED_BY_A_PERSON[ended.returncode])
        if ended.returncode != 0:
            # 4: another run holds the lake. Others: ended from outside.
            raise AirflowException(f"exit code {ended.returncode}: tried again later")

    @task
    def maintain(as_of: str):
        if pendulum.parse(as_of).isoweekday() == MAINTAINED_ON:
            subprocess.run(
                [
                    "/opt/warmlead/scripts/warmlead",
                    "maintain",
                    "--apply",
                    "--conf",
                    "/etc/warmlead/warmlead.conf",
                    "--lake",
                    "/data/warmlead/lake",
                ],
                check=True,
            )

    nightly(AS_OF) >> maintain(AS_OF)


warmlead()
