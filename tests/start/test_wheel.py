"""What is built and carried elsewhere is whole."""

import subprocess
import sys
import zipfile

from architecture.tree import ROOT, SOURCE, ours


def test_the_wheel_holds_every_file_of_the_package_and_the_licences(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    [wheel] = tmp_path.glob("*.whl")
    inside = set(zipfile.ZipFile(wheel).namelist())
    package = {p.relative_to(SOURCE.parent).as_posix() for p in ours() if p.is_relative_to(SOURCE)}

    assert package - inside == set()
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert any(name.endswith("fonts/OFL.txt") for name in inside)
